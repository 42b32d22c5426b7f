/** What is looked at before the service starts: settings, folder, database, port. */
@NullMarked
package org.dailypapers.command.check;

import org.jspecify.annotations.NullMarked;
