/**
 * How like two papers are by their words: each becomes a point on a few axes that the catalogue itself spans (latent
 * semantic analysis), so that papers of one field are near each other though they share few words.
 */
@NullMarked
package org.dailypapers.matching.likeness;

import org.jspecify.annotations.NullMarked;
