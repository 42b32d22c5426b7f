package org.dailypapers.letter;

import java.util.Optional;

/** Writes letters as they leave: as the bytes of a message, signed where this instance signs. */
public final class LetterWriter {

    private final Optional<DkimSigner> signer;

    /** A writer whose letters stay unsigned without a signer. */
    public LetterWriter(Optional<DkimSigner> signer) {
        this.signer = signer;
    }

    /** The message; equal contents, equal bytes. Throws IllegalArgumentException as {@link MimeWriter#write} does. */
    public byte[] write(LetterContent letter) {
        byte[] message = MimeWriter.write(letter);
        return signer.map(s -> s.sign(message, true)).orElse(message);
    }

    /** What signs, if anything does. */
    public Optional<DkimSigner> signer() {
        return signer;
    }
}
