package org.dailypapers.language;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * What pages say to their readers, in one language; in templates {@code page:}. The sentences stand in
 * {@code messages/page_en.properties} and beside it, under the names of these methods.
 */
@MessageBundle(value = "page", locale = Languages.ENGLISH)
public interface PageMessages {
    String language();

    String skipToContent();

    String navMain();

    String navPapers();

    String navTopics();

    String navSubscribe();

    String navMore();

    String myPreferences();

    String feed();

    String api();

    String imprint();

    String freeSoftware(String name);

    String pageTitle(String title, String name);

    String errorTitle(String title);

    String numberedTitle(String title, int number);

    String searchPapers();

    String search();

    String searchHeading();

    String searchNotes(String hints);

    String narrowSearch();

    String takeBack();

    String facetYear();

    String facetCategory();

    String facetSource();

    String facetTopics();

    String facetCategories();

    String papers(int n, String number);

    String papersNewestFirst(int n, String number);

    String papersWithVotes(int n, String number, String voted);

    String chosenOnly(String counted);

    String showAll();

    String stillOpen(String counted, String closes);

    String onDayAt(String day, String time, String zone);

    String dateAt(String date, String time, String zone);

    String order();

    String bestFirst();

    String newestFirst();

    String nothingFound();

    String allWordsMustOccur();

    String noPaperYet();

    String followThis();

    String mailMeNew();

    String asFeedFormats();

    String feedAtom();

    String feedJson();

    String previousPage();

    String nextPage();

    String pageOf(int number, int pages);

    String pages();

    String howToAsk();

    String askWords();

    String askPhrase();

    String askPrefix();

    String askEither();

    String askName();

    String askExact();

    String askField();

    String askAbbreviation();

    String lessFindsNone();

    String likeOfLiked();

    String askLike();

    String relatedPapers();

    String findLikeText();

    String whatWasLearned();

    String getTrending();

    String emailAddress();

    String chooseTopicsFirst();

    String earlier();

    String later();

    String period();

    String day();

    String week();

    String month();

    String dateRange(String first, String last);

    String sampleNotice(String name);

    String narrowEdition();

    String noPaperHasAll();

    String showAllOfEdition();

    String noPapersHere();

    String nothingArrived();

    String nothingListed();

    String sourceSilentSince(String name, String since);

    String sourceNeverAnswered(String name);

    String lastWithPapers();

    String allOfThatDay();

    String pickedByEditors();

    String pickedBelowToo();

    String trending();

    String trendingBy();

    String trendingByAsClosed();

    String newFromArxiv();

    String newPapers();

    String nobodyVotedYet();

    String notVotedOnYet();

    String underNoTopic();

    String otherEditions();

    String besidePapers();

    String rising();

    String risingSince();

    String takeItAlong();

    String byMail();

    String asFeed();

    String asBibtex();

    String readFrom();

    String sourceRead(String name, String at);

    String sourceNotSince(String name, String at);

    String sourceNotYet(String name);

    String calendar();

    String monthBefore();

    String monthAfter();

    String votesLabel();

    String risingLabel();

    String commentsLabel();

    String starsLabel();

    String withdrawn();

    String trendingLabel();

    String rankNo(String rank);

    String trendingParts(String factor, String parts);

    String partLine(String label, String value);

    /** Two of a row, or a row and one more. */
    String listed(String before, String next);

    String whatThatMeans();

    String partVotes();

    String partComments();

    String partStars();

    String partGrowth();

    String showMore();

    String showLess();

    String ofAbstract();

    String namesAndMore(String names, int n, String number);

    String authorsCounted(int n);

    String withdrawnNotice();

    String editionOf(String date);

    String andMore(int n, String number);

    String plusMore(int n, String number);

    String votesCounted(int n, String number);

    String commentsCounted(int n, String number);

    String abstractHeading();

    String noteOf();

    String scoreHeading();

    String scoreWords(String parts);

    String scoreCaption(String factor, String edition);

    String scoreCaptionRanked(String factor, String rank, String edition);

    String keywords();

    String changed();

    /** The name of a field of a paper, as a source calls it in changes. */
    String fieldName(String field);

    String changedField(String field, String date, String source);

    String identifier();

    String firstSeen();

    String waysToPaper();

    String readOn(String name);

    String readAtSource();

    String pdf();

    String code();

    String projectPage();

    String discussion();

    String bibtex();

    String doi();

    String share();

    String follow();

    String mailMeAlike();

    String followName(String name);

    String browseTopics();

    String quietSource(String name);

    String quietLine(String quiet);

    String about();

    String privacy();

    String aboutTitle(String name);

    String aboutIntro(String name);

    String aboutPrivacy();

    String aboutKept();

    String aboutUnwatched();

    String aboutControl();

    String aboutContact();

    String aboutWrite();

    String relatedTitle();

    String relatedAsk();

    String relatedFind();

    String relatedFound();

    String relatedNone();

    String changeAddress();

    String changeAddressAbout();
}
