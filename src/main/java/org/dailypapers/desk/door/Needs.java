package org.dailypapers.desk.door;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.dailypapers.operator.Right;

/** What an operator must have the right to, for a route of the desk to answer. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
    /** The right. */
    Right value();
}
