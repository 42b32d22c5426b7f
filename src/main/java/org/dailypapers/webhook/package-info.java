/** Tells another program what happens here, by signed requests (Standard Webhooks), from a queue in the database. */
@NullMarked
package org.dailypapers.webhook;

import org.jspecify.annotations.NullMarked;
