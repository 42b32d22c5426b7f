/**
 * Papers from files: the formats, how one is recognised, and what cannot be read, by place and reason. A file of
 * lines may have any size; a page of text is read whole, up to 16 MB.
 */
package org.dailypapers.source.file;
