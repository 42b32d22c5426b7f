package org.dailypapers.delivery;

/** A letter whose recipient no mailbox can be: it ends as refused, without asking the relay. */
public class Unaddressable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param reason what is wrong with the address, without the address */
    public Unaddressable(String reason) {
        super(reason);
    }
}
