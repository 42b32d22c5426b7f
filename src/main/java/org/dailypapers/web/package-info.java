/** What every room with pages shares: HTML as an answer, and whether a caller is this machine or in a block of addresses. */
@NullMarked
package org.dailypapers.web;

import org.jspecify.annotations.NullMarked;
