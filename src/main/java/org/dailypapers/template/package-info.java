/** The operator's own templates and messages: read from a folder, tried with examples, put before the built-in ones. */
@NullMarked
package org.dailypapers.template;

import org.jspecify.annotations.NullMarked;
