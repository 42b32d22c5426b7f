package org.dailypapers.source.huggingface;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where Hugging Face is reached. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.huggingface")
public interface HuggingFaceSettings {

    /** The address that its interface is below. */
    @WithDefault("https://huggingface.co")
    String url();
}
