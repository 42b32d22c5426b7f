package org.dailypapers.letter;

import java.util.Optional;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.dkim.DkimSigner;

/** Writes letters as they leave: as the bytes of a message, with what every letter of this instance has. */
public final class LetterWriter {

    private final Optional<DkimSigner> signer;
    private final Optional<Mailbox> replyTo;

    /**
     * A writer.
     *
     * @param signer letters stay unsigned without one
     * @param replyTo where answers go; to From without one
     */
    public LetterWriter(Optional<DkimSigner> signer, Optional<Mailbox> replyTo) {
        this.signer = signer;
        this.replyTo = replyTo;
    }

    /** The message; equal contents, equal bytes. Throws IllegalArgumentException as {@link MimeWriter#write} does. */
    public byte[] write(LetterContent letter) {
        byte[] message = MimeWriter.write(letter, replyTo);
        return signer.map(s -> s.sign(message, true)).orElse(message);
    }

    /** What signs, if anything does. */
    public Optional<DkimSigner> signer() {
        return signer;
    }
}
