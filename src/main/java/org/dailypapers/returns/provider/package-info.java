/** The calls by which providers that send for us tell what became of letters: a class for each, with its proof of who calls. */
@NullMarked
package org.dailypapers.returns.provider;

import org.jspecify.annotations.NullMarked;
