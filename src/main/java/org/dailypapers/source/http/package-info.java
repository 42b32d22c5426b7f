/** The HTTP client of the sources: their failures in one line, their wishes to wait, bounds of time and size. */
package org.dailypapers.source.http;
