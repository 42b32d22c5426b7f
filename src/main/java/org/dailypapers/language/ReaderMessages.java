package org.dailypapers.language;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * What pages say to readers and to who becomes one: the form, confirming, preferences and leaving; in templates {@code reader:}. The sentences stand in {@code messages/reader_en.properties} and beside it, under
 * the names of these methods. Bundles are several because Qute's code of one with four hundred messages breaks.
 */
@MessageBundle(value = "reader", locale = Languages.ENGLISH)
public interface ReaderMessages {
    String subscribe();

    String subscribeTitle();

    String subscribeAbout();

    String lookAgainNotSent();

    String lookAgainNotSaved();

    String confirmHint();

    String amPerson();

    String tickOnce();

    String leaveEmpty();

    String previewLetter();

    String forecastLabel();

    String whatIsKept();

    String alreadySubscribed();

    String mailMeLink();

    String sendLink();

    String keywordsHint();

    String authors();

    String authorsHint();

    String topics();

    String topicsHint();

    String chosenOf(int chosen, int all);

    String noLongerOffered();

    String noLongerOfferedHint();

    String whenAndHowMuch();

    String when();

    String howOften();

    String everyDay();

    String mondayToFriday();

    String onceAWeek();

    String dayIfWeekly();

    String notBefore();

    String timeZone();

    String howMuch();

    String papersAtMost();

    String votesAtLeast();

    String fillUp();

    String summary(String often, String size);

    String previewTitle();

    String previewFrom(String edition, int n);

    String nothingSavedYet();

    String wouldHaveFound(int editions, String perDay);

    String why();

    String matchedWords(String words);

    String previewEmpty();

    String forecastRate(String perDay, int editions);

    String atMost(String papers);

    String hintOf(String line, String hint);

    String hintsJoined(String first, String next);

    String faultOf(String line, String fault);

    String andSoForMore(int n);

    String firstLetterBegins();

    String yourPreferences();

    String forAddress(String email);

    String addressNotShown();

    String notSubscribed();

    String cameBack(String returned);

    String returnedOn(String day, String cause);

    /** Why letters came back, from the English words that are kept of it. */
    String returnCause(String cause);

    String noSuchMailbox();

    String tryAgain();

    String pausedReturned(String returned, String until);

    String pausedUnreachable(String until);

    String pausedUntil(String until);

    String resumeNow();

    String save();

    String howLinesAreWritten();

    String takeBreak();

    String noLettersUntil();

    String pause();

    String letterAsFeed();

    String feedNeedsPrivate();

    String feedAddress();

    String newAddress();

    String closeIt();

    String feedOffer();

    String makeAddress();

    String yourData();

    String exportAbout();

    String exportData();

    String eraseEverything();

    String eraseAbout();

    String eraseForGood();

    String dataNeedsPrivate(int minutes);

    String mailPrivateLink();

    String leave();

    String onePressNoQuestions();

    String unsubscribe();

    String lettersComeAgain();

    String lettersComeAgainOnce();

    String foundOutJustNow();

    String privateLinkComing(int minutes);

    String noSuchAction();

    String takesPrivateLink();

    String saved();

    String feedOpened();

    String feedClosed();

    String pauseFault();

    String linkExpired();

    String privateLinkExpired(int minutes);

    String askForLink();

    String forgotten();

    String forgottenAbout();

    String confirmTitle();

    String confirmText(String name);

    String confirmButton();

    String changeTitle();

    String changeText();

    String changeButton();

    String staleOffer();

    String onWeekday(String often, String weekday);

    String whenLine(String days, String time, String zone);

    String howMuchLine(int size);

    String votesLine(String most, int votes);

    String filledLine(String most);

    String confirmationExpired(int days);

    String toForm();

    String welcomeTo(String name);

    String youReceive(String name);

    String areSubscribed();

    String pressedAlready();

    String firstComing(String next);

    String firstLater(String next);

    String seePreferences();

    String leaveTitle(String name);

    String leaveAbout();

    String orLess();

    String lessWeekly();

    String lessSmaller(int most);

    String lessPause(int days);

    String lessItIs();

    String nowWeekly(String weekday);

    String nowSmaller(int most);

    String nowPaused(String until);

    String haveLeft();

    String leftForGood();

    String leftUndoable(int hours);

    String undo();

    String signUpAgain();

    String welcomeBack();

    String goesOn();

    String tooLate();

    String tooLateAbout(int hours);

    String leftOnceMore();

    String letterGone();

    String letterGoneAbout();

    String lookIntoMail();

    String asked(String email);

    String linkAsked(String email, String name);

    String nothingAfterTen();

    String lookIntoSpam();

    String mistyped();

    String threeADay();

    String copyCatches();

    String learnedTitle();

    String learnedAbout();

    String spokenOf();

    String spokenOfNone();

    String notInCatalogue();

    String switchedOffMark();

    String switchOff();

    String switchOn();

    String erase();

    String mutedInterests();

    String bringBack();

    String eraseAllLearned();

    String library();

    String libraryAbout();

    String likeAll();

    String backToPreferences();

    String spokenOfCounted(String count, int followed);

    String switchedOn();

    String switchedOff();

    String erasedOne();

    String amongInterestsAgain();

    String allLearnedErased();

    String saidMore();

    String saidLess();

    String saidSaved();

    String saidAnd(String one, String other);

    String eraseAllOfIt();

    String interestsStay();

    String libraryUnreadable();

    String libraryRead(int read, int known, int added);

    String addressAsked();

    String addressAskedAbout();

    String addressHere();

    String addressHereAbout(String name);

    String addressHereButton();

    String addressMoved();

    String addressMovedAbout();

    String keepAddress();

    String keepAddressAbout();

    String keepAddressButton();
}
