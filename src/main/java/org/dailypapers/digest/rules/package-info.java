/** Who gets a digest, when, and of which editions. Decides without a database, a clock of its own or any effect. */
package org.dailypapers.digest.rules;
