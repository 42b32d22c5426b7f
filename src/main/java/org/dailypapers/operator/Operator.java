package org.dailypapers.operator;

/**
 * Somebody who runs the service.
 *
 * @param enrolled whether they have chosen a password
 */
public record Operator(long id, String email, Role role, boolean enrolled) {

    /** Whether they may do that. */
    public boolean may(Right right) {
        return role.may(right);
    }
}
