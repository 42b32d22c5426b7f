/** What a database's failures mean, for all who ask one: whether it is to blame, or what a row holds. Knows no tables. */
package org.dailypapers.database;
