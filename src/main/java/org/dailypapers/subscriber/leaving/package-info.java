/** Who left, in the database and in the journal beside it, as keyed hashes. */
package org.dailypapers.subscriber.leaving;
