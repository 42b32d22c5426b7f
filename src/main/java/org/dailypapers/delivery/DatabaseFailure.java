package org.dailypapers.delivery;

import java.sql.SQLException;

/** The database refused or could not be reached; the message says what was not done. */
public class DatabaseFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DatabaseFailure(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
