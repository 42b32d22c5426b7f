package org.dailypapers.language;

import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Set;

/** A language that readers are spoken to in. */
public final class Language {

    /** The languages written from right to left that have readers on the web. */
    private static final Set<String> RIGHT_TO_LEFT =
            Set.of("ar", "dv", "fa", "he", "ckb", "ps", "sd", "ug", "ur", "yi");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final Locale locale;
    private final LetterMessages letter;
    private final PageMessages page;
    private final ReaderMessages reader;
    private final FaultMessages fault;
    private final DateTimeFormatter full;
    private final DateTimeFormatter day;
    private final DateTimeFormatter brief;
    private final DateTimeFormatter month;
    private final DateTimeFormatter near;
    private final DateTimeFormatter dayAndMonth;

    /** A language of those sentences; the tag is a BCP 47 one. */
    public Language(String tag, LetterMessages letter, PageMessages page, ReaderMessages reader, FaultMessages fault) {
        this.locale = Locale.forLanguageTag(tag);
        this.letter = letter;
        this.page = page;
        this.reader = reader;
        this.fault = fault;
        // For readers all over the world: what Java knows of English alone is the American order.
        boolean english = tag.equals(Languages.ENGLISH);
        this.full = english ? pattern("EEEE, d MMMM uuuu") : localized(FormatStyle.FULL);
        this.day = english ? pattern("d MMMM uuuu") : localized(FormatStyle.LONG);
        this.brief = english ? pattern("d MMM uuuu") : localized(FormatStyle.MEDIUM);
        this.near = english ? pattern("EEEE, d MMMM") : ordered("MMMMEEEEd");
        this.dayAndMonth = english ? pattern("d MMMM") : ordered("MMMMd");
        this.month = DateTimeFormatter.ofLocalizedPattern("yMMMM").withLocale(locale);
    }

    private DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, locale);
    }

    private DateTimeFormatter ordered(String fields) {
        return DateTimeFormatter.ofLocalizedPattern(fields).withLocale(locale);
    }

    private DateTimeFormatter localized(FormatStyle style) {
        return DateTimeFormatter.ofLocalizedDate(style).withLocale(locale);
    }

    /** What it is kept and asked for by, such as {@code de}. */
    public String tag() {
        return locale.toLanguageTag();
    }

    /** What {@code lang} attributes and Content-Language say, such as {@code zh-Hans}. */
    public String htmlTag() {
        return letter.languageTag();
    }

    /** What it calls itself, such as Deutsch. */
    public String name() {
        return letter.languageName();
    }

    /** For what Java knows of languages, and for templates. */
    public Locale locale() {
        return locale;
    }

    /** Whether it is English, of whatever country. */
    public boolean english() {
        return locale.getLanguage().equals(Languages.ENGLISH);
    }

    /** Whether it is read from the right. */
    public boolean rightToLeft() {
        return RIGHT_TO_LEFT.contains(locale.getLanguage());
    }

    /** {@code ltr} or {@code rtl}. */
    public String direction() {
        return rightToLeft() ? "rtl" : "ltr";
    }

    /** What letters say in it. */
    public LetterMessages letter() {
        return letter;
    }

    /** What pages say in it. */
    public PageMessages page() {
        return page;
    }

    /** What pages say in it to a reader who comes by a link. */
    public ReaderMessages reader() {
        return reader;
    }

    /** What is said in it when something is wrong. */
    public FaultMessages fault() {
        return fault;
    }

    /** A date with its weekday: Saturday, 31 January 2026. */
    public String withWeekday(LocalDate date) {
        return written(full, date);
    }

    /** A date with its month in words: 31 January 2026. */
    public String longDate(LocalDate date) {
        return written(day, date);
    }

    /** A date in little room: 31 Jan 2026. */
    public String shortDate(LocalDate date) {
        return written(brief, date);
    }

    /** French counts the first day of a month as the first, which Java does not know. */
    private String written(DateTimeFormatter format, LocalDate date) {
        String text = format.format(date);
        return date.getDayOfMonth() == 1 && locale.getLanguage().equals("fr")
                ? text.replaceFirst("(?<!\\d)1(?=\\h)", "1er")
                : text;
    }

    /** A month: January 2026. */
    public String month(YearMonth of) {
        return month.format(of);
    }

    /** A time in days, hours or minutes, whichever is the largest of which it has several: 7 days, 24 hours. */
    public String duration(Duration time) {
        return time.toDays() > 1
                ? letter.days((int) time.toDays())
                : time.toHours() > 1 ? letter.hours((int) time.toHours()) : letter.minutes((int) time.toMinutes());
    }

    /** A date that is near, with its weekday: Saturday, 31 January. */
    public String nearDay(LocalDate date) {
        return written(near, date);
    }

    /** A date that is near: 31 January. */
    public String dayAndMonth(LocalDate date) {
        return written(dayAndMonth, date);
    }

    /** A day of the week: Saturday. */
    public String weekday(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL_STANDALONE, locale);
    }

    /** A day of the week in little room: Sat. */
    public String shortWeekday(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT_STANDALONE, locale).replace(".", "");
    }

    /** The time of a day with its zone, such as 3 May at 06:00 (UTC). */
    public String moment(String date, ZonedDateTime at) {
        return page.dateAt(date, TIME.format(at), at.getZone().getId());
    }

    /** The same, where the day is one of the week: on Tuesday at 06:00 (UTC). */
    public String weekdayMoment(ZonedDateTime at) {
        return page.onDayAt(
                weekday(at.getDayOfWeek()), TIME.format(at), at.getZone().getId());
    }

    /** A number, its thousands apart. */
    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** A number with so many digits behind its point. */
    public String decimal(double number, int digits) {
        return String.format(locale, "%." + digits + "f", number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Language language && locale.equals(language.locale);
    }

    @Override
    public int hashCode() {
        return locale.hashCode();
    }

    @Override
    public String toString() {
        return tag();
    }
}
