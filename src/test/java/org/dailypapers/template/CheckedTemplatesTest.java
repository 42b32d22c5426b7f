package org.dailypapers.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.qute.CheckedTemplate;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CheckedTemplatesTest {

    @Test
    void theListHasAllWhoseTemplatesReadersSee() {
        var declared = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.dailypapers").stream()
                        .filter(each -> each.isAnnotatedWith(CheckedTemplate.class))
                        .filter(each -> !each.getAnnotationOfType(CheckedTemplate.class)
                                .basePath()
                                .matches("desk|mailbox"))
                        .map(each -> each.getName())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(declared, new TreeSet<>(CheckedTemplates.DECLARED));
    }
}
