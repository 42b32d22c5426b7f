package org.dailypapers.delivery;

import java.util.Optional;
import org.dailypapers.smtp.Letter;

/** A letter that may be composed: everything for it has been read, and whoever it is for still wanted it then. */
public interface Draft {

    /** The envelope's recipient. Throws {@link Unaddressable} where what is stored is no address. */
    String recipient();

    /** Composes the letter, the same bytes each time; nothing where there is nothing to say any more. */
    Optional<Letter> letter();

    /** One that is composed already. */
    static Draft of(Letter letter) {
        return new Draft() {
            @Override
            public String recipient() {
                return letter.recipient();
            }

            @Override
            public Optional<Letter> letter() {
                return Optional.of(letter);
            }
        };
    }
}
