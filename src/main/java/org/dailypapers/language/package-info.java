/** The languages that readers are spoken to in: which there are, which one a browser asks for, and their sentences. */
@NullMarked
package org.dailypapers.language;

import org.jspecify.annotations.NullMarked;
