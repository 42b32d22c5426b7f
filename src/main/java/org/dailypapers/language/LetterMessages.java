package org.dailypapers.language;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * What letters say to their readers, and the pages that the links below their papers open, in one language; in templates
 * {@code letter:}. The sentences stand in
 * {@code messages/letter_en.properties} and beside it, under the names of these methods.
 */
@MessageBundle(value = "letter", locale = Languages.ENGLISH)
public interface LetterMessages {

    /** What the language calls itself. */
    String languageName();

    /** The language as {@code lang} attributes and Content-Language say it. */
    String languageTag();

    /** What stands between a name and what it names. */
    String colon();

    String welcome();

    String welcomeText();

    String sharpen();

    String changeInterests();

    /** How many papers the letter has, of one edition. */
    String papersOfDay(int count, String date);

    String papersOfDays(int count, String from, String to);

    String papersOfDayAndTrending(int count, String date, int trending);

    String papersOfDaysAndTrending(int count, String from, String to, int trending);

    String talkOfDay(int count, String date);

    String talkOfDays(int count, String from, String to);

    /** What is said of a source that was quiet, as its calendar foretells. */
    String nothingFrom(String source);

    String sample();

    /** A subject: a title that ends as a question, and how many papers follow. */
    String titleAndMore(String title, int more);

    String trending();

    String alsoForYou();

    String why();

    String read();

    String yourTopic(String topic);

    String yourAuthor(String name);

    String yourInterest(String line);

    String youLiked(String title);

    /** A reason with the words that met. */
    String withWords(String reason, String words);

    /** Two reasons in one line, of which the first may be several. */
    String bothReasons(String first, String next);

    /** Two sentences, one behind the other. */
    String bothSentences(String first, String next);

    /** A reason for a paper that is rising besides. */
    String andRising(String reason);

    String rising(int votes);

    String trendingAt(int rank);

    String votes(int count);

    String comments(int count);

    String keywords();

    String categories();

    /** What follows the names of some of a paper's authors. */
    String moreAuthors(int more);

    String authors(int count);

    String moreLikeThis();

    /** Less like this, beside that. */
    String less();

    /** The same where it stands alone. */
    String lessLikeThis();

    String save();

    String muteInterest();

    String morePapers(int count);

    String forwarded();

    String signUpHere();

    String whySent();

    String preferences();

    String unsubscribe();

    String inBrowser();

    String tagline();

    String imprint();

    /** A reader's letters as a feed: its title, and what it is. */
    String feedTitle(String name);

    String feedAbout();

    String confirmTitle(String name);

    String confirmText();

    String confirmButton();

    String confirmFootnote(String lifetime);

    String changeTitle(String name);

    String changeText();

    String changeButton();

    String changeByHand();

    String changeFootnote();

    String linkTitle(String name);

    String linkText();

    String linkFootnote(String lifetime);

    String openPreferences();

    /** How long a link is good, as {@code confirmFootnote} says it. */
    String days(int count);

    String hours(int count);

    String minutes(int count);

    String saveIt();

    String askAct(String act);

    String whatOfPapersLikeIt();

    String cameFor(String title, String line);

    String takenBack();

    String nothingToTakeBack();

    String asBefore();

    String changedSince();

    String nothingMuted();

    String noRoomForInterest(int most);

    String muted();

    String noMoreFor(String line);

    String tooMuchToKeep();

    String keptAtMost(int most);

    String savedTitle();

    String savedPaper(String title);

    String likeItRise(String title);

    String likeItSink(String title);

    String lotAtOnce();

    String comeBackInAnHour();

    String takesNewerLetter();

    String letterWouldStay();

    String letterWouldChange(int gone, int of, int come);

    String amongThem();

    String moveTitle(String name);

    String moveText();

    String moveButton();

    String moveFootnote(String lifetime);

    String moveTakenText();

    String moveTakenButton();

    String moveTakenFootnote();

    String movingTitle(String name);

    String movingText();

    String movingButton();

    String movingFootnote();
}
