/**
 * Papers from files: the formats, how one is recognised, and what cannot be read, by place and reason. Every reader
 * takes a file of any size in little memory.
 */
package org.dailypapers.source.file;
