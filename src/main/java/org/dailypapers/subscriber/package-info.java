/** Who asked for what: consent with its history, preferences, interests; the confirmation and other service letters. */
package org.dailypapers.subscriber;
