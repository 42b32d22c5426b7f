/** The door before the desk, whoever comes through it, and what all pages behind it share. Knows no page. */
@NullMarked
package org.dailypapers.desk.door;

import org.jspecify.annotations.NullMarked;
