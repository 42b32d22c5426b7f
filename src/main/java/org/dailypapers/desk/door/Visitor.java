package org.dailypapers.desk.door;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.EnumSet;
import java.util.Set;
import org.dailypapers.operator.ApiTokens;
import org.dailypapers.operator.AuditTrail;
import org.dailypapers.operator.Operator;
import org.dailypapers.operator.Right;
import org.dailypapers.operator.Sessions;
import org.jspecify.annotations.Nullable;

/** Who asks for the page at hand, and what they may; in templates {@code inject:visitor}. */
@RequestScoped
@Named("visitor")
public class Visitor {

    private final AuditTrail audit;
    private @Nullable Operator operator;
    private Set<Right> rights = Set.of();
    private String csrf = "";

    Visitor(AuditTrail audit) {
        this.audit = audit;
    }

    void enter(Sessions.Session session) {
        operator = session.operator();
        csrf = session.csrf();
        rights = EnumSet.allOf(Right.class);
        rights.removeIf(right -> !session.operator().may(right));
    }

    void enter(ApiTokens.Bearer bearer) {
        operator = bearer.operator();
        rights = bearer.rights();
    }

    /** Whether they have signed in. */
    public boolean isKnown() {
        return operator != null;
    }

    /** Who has signed in. */
    public Operator operator() {
        if (operator == null) {
            throw new IllegalStateException("Nobody has signed in");
        }
        return operator;
    }

    /** What each form carries. */
    public String csrf() {
        return csrf;
    }

    /** Whether they may do that. */
    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** Whether they may do what has that name. */
    public boolean may(String right) {
        return may(Right.valueOf(right));
    }

    /** Notes what they do, before it is done: an act that fails was tried. */
    public void notes(String act, String object, String detail) {
        audit.note(operator().email(), act, object, detail);
    }
}
