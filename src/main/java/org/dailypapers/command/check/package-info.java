/** What is looked at before the service starts: settings, folder, database, port. */
package org.dailypapers.command.check;
