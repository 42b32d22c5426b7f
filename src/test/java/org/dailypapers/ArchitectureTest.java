package org.dailypapers;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table of docs/architecture.md: which room may import which. */
class ArchitectureTest {

    private static final String ROOT = "org.dailypapers";
    /** Tests run in the folder of the build. */
    private static final Path SOURCES = Path.of("../src/main/java");

    private static final int MOST_PARAMETERS = 8;
    private static final int MOST_LINES = 400;
    private static final int MOST_FILES = 20;
    private static final Set<String> MAY_BE_LONG = Set.of("InterestParser.java", "Picker.java");

    /** Too large when the rules came, and to be parted: none may join them. */
    private static final Set<String> STILL_LARGE =
            Set.of("FeedPages", "PreferencePages", "Ingest", "PaperRecord.java", "paper");

    private static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();

    static {
        MAY_IMPORT.put("storage", List.of());
        MAY_IMPORT.put("token", List.of());
        MAY_IMPORT.put("backup", List.of("storage", "token"));
        MAY_IMPORT.put("web", List.of());
        MAY_IMPORT.put("dns", List.of());
        MAY_IMPORT.put("language", List.of());
        MAY_IMPORT.put("interest", List.of("language"));
        MAY_IMPORT.put("paper", List.of());
        MAY_IMPORT.put("source", List.of("storage", "paper"));
        MAY_IMPORT.put("edition", List.of("storage", "paper", "source"));
        MAY_IMPORT.put("matching", List.of("storage", "language", "paper", "interest"));
        MAY_IMPORT.put("smtp", List.of());
        MAY_IMPORT.put("outbox", List.of("storage", "smtp"));
        MAY_IMPORT.put("reputation", List.of("storage", "smtp", "outbox"));
        MAY_IMPORT.put("delivery", List.of("storage", "smtp", "outbox", "reputation", "token"));
        MAY_IMPORT.put("letter", List.of());
        MAY_IMPORT.put("template", List.of("language", "letter"));
        MAY_IMPORT.put("bounce", List.of("smtp"));
        MAY_IMPORT.put(
                "subscriber",
                List.of(
                        "storage",
                        "language",
                        "interest",
                        "token",
                        "letter",
                        "smtp",
                        "outbox",
                        "reputation",
                        "delivery",
                        "template",
                        "paper"));
        MAY_IMPORT.put(
                "digest",
                List.of(
                        "storage",
                        "language",
                        "paper",
                        "interest",
                        "matching",
                        "subscriber",
                        "token",
                        "letter",
                        "smtp",
                        "outbox",
                        "reputation",
                        "delivery",
                        "template"));
        MAY_IMPORT.put(
                "audience",
                List.of(
                        "storage",
                        "language",
                        "paper",
                        "interest",
                        "matching",
                        "subscriber",
                        "digest",
                        "letter",
                        "smtp",
                        "outbox",
                        "reputation",
                        "delivery"));
        MAY_IMPORT.put(
                "returns",
                List.of("storage", "token", "web", "smtp", "outbox", "reputation", "delivery", "bounce", "subscriber"));
        MAY_IMPORT.put("thumbnail", List.of("storage", "paper", "source"));
        MAY_IMPORT.put(
                "webhook",
                List.of("storage", "paper", "source", "edition", "smtp", "outbox", "reputation", "subscriber"));
        MAY_IMPORT.put("mailbox", List.of("web", "smtp"));
        MAY_IMPORT.put("operator", List.of("storage", "letter"));
        MAY_IMPORT.put("site", allAbove());
        MAY_IMPORT.put("desk", allAbove());
        MAY_IMPORT.put("command", allAbove());
    }

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static List<String> allAbove() {
        return new ArrayList<>(MAY_IMPORT.keySet());
    }

    @TestFactory
    Stream<DynamicTest> eachRoomImportsOnlyWhatTheTableAllows() {
        return MAY_IMPORT.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> check(room.getKey(), room.getValue())));
    }

    private static void check(String room, List<String> allowed) {
        String[] open = Stream.concat(Stream.of(room), allowed.stream())
                .map(r -> ROOT + "." + r + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(open))))
                .check(HOUSE);
    }

    @Test
    void everyRoomIsInTheTable() {
        Set<String> rooms = new TreeSet<>();
        for (JavaClass each : HOUSE) {
            String rest = each.getPackageName().substring(ROOT.length());
            if (!rest.isEmpty()) {
                rooms.add(rest.substring(1).split("\\.")[0]);
            }
        }
        assertEquals(new TreeSet<>(MAY_IMPORT.keySet()), rooms);
    }

    @Test
    void roomsFormNoCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void subRoomsFormNoCircles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void theRulesOfDigestsAreAskedWithoutADatabase() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".digest.rules")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".digest.rules",
                        ROOT + ".subscriber..",
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify.annotations..")
                .check(HOUSE);
    }

    /** Records are exempt: each of their parameters is a part that the record's name stands for. */
    @Test
    void noConstructorTakesMoreThanEightParameters() {
        List<String> tooLong = HOUSE.stream()
                .filter(each -> !each.isRecord() && !each.isEnum())
                .flatMap(each -> each.getConstructors().stream())
                .filter(each -> each.getRawParameterTypes().size() > MOST_PARAMETERS)
                .filter(each -> !STILL_LARGE.contains(each.getOwner().getSimpleName()))
                .map(each -> each.getFullName())
                .toList();
        assertEquals(List.of(), tooLong);
    }

    @Test
    void onlyTheParserAndThePickerAreLongerThanFourHundredLines() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<String, Integer> tooLong = new TreeMap<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                int lines = Files.readAllLines(file).size();
                String name = file.getFileName().toString();
                if (lines > MOST_LINES && !MAY_BE_LONG.contains(name) && !STILL_LARGE.contains(name)) {
                    tooLong.put(file.toString(), lines);
                }
            }
            assertEquals(Map.of(), tooLong);
        }
    }

    @Test
    void aRoomOfMoreThanTwentyFilesHasSubRooms() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<Path, Long> crowded = files.filter(
                            f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            crowded.values().removeIf(count -> count <= MOST_FILES);
            crowded.keySet()
                    .removeIf(room -> hasSubRooms(room)
                            || STILL_LARGE.contains(room.getFileName().toString()));
            assertEquals(Map.of(), crowded);
        }
    }

    private static boolean hasSubRooms(Path room) {
        File[] below = room.toFile().listFiles(File::isDirectory);
        return below != null && below.length > 0;
    }

    @Test
    void nobodyImportsTheSchedule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Schedule.class)
                .check(HOUSE.that(not(resideInAnyPackage(ROOT)).as("are in a room")));
    }

    @Test
    void onlyTheOneClockKnowsTheTime() {
        for (Class<?> time : Arrays.asList(
                Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class, OffsetDateTime.class)) {
            noClasses().should().callMethod(time, "now").check(HOUSE);
        }
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(HOUSE);
        noClasses().should().callConstructor(java.util.Date.class).check(HOUSE);
    }
}
