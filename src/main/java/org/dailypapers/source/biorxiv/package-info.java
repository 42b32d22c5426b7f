/** bioRxiv and medRxiv: their records and their common interface. */
package org.dailypapers.source.biorxiv;
