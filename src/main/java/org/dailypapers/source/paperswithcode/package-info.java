/** Papers with Code: which papers' repositories gain stars. */
package org.dailypapers.source.paperswithcode;
