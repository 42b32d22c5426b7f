/** Hugging Face's Daily Papers: its records and its interface. Keeps nothing of the accounts that stand in them. */
package org.dailypapers.source.huggingface;
