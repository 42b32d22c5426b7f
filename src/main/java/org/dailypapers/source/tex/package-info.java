/**
 * What TeX stands for in plain text: accents, commands and simple mathematics as the letters and signs that a reader sees
 * in print. Nothing is executed, and what has no plain form stays as it is written.
 */
@NullMarked
package org.dailypapers.source.tex;

import org.jspecify.annotations.NullMarked;
