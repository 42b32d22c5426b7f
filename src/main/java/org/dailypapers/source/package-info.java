/**
 * Brings papers in: one small class for each source, one record for what any of them lists. Knows papers, never
 * readers.
 */
package org.dailypapers.source;
