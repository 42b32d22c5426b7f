package org.dailypapers.language;

import io.quarkus.qute.i18n.MessageBundle;

/**
 * What pages say when something is wrong or not there, and what is wrong with what was typed; in templates {@code fault:}. The sentences stand in {@code messages/fault_en.properties} and beside it, under
 * the names of these methods. Bundles are several because Qute's code of one with four hundred messages breaks.
 */
@MessageBundle(value = "fault", locale = Languages.ENGLISH)
public interface FaultMessages {
    String notFound();

    String notFoundAbout();

    String checkAddress();

    String unreadableAddress();

    String didNotWork();

    String didNotWorkAbout(int status);

    String notJustNow();

    String searchPreparing();

    String tooManySignUps();

    String databaseSilent();

    String broke();

    String brokeAbout();

    String toPapers();

    String periodFault();

    String noDate(String typed, String example);

    String noEditionOf(String date, String first, String last);

    String noEditionAtAll(String date);

    String pagesNumbered();

    String pagesNumberedTo(int most);

    String searchOrderFault();

    String yearFault();

    String addressTooLong();

    String tooManyToNarrow();

    String narrowedAtMost(int most);

    String noSuchTopic();

    String noTopic(String slug);

    String interestsAtMost(int most);

    String chooseFrequency();

    String noLanguage(String typed, String tags);

    String lineFault(int number, String fault);

    String noName(String typed);

    String andMoreFaults(String named, int rest);

    String faultsInRow(String first, String next);

    String noTimeZone(String typed);

    String noTimeZoneNear(String typed, String near);

    String numberFault(int least, int most);

    String noEmailAddress(String reason);

    String emailMissing();

    String emailBlank();

    String emailUnseen(String code);

    String emailSign(String sign);

    String emailForm(String reason);

    String emailPlain();

    String atCharacter(String fault, int place);

    String interestTooLong(int most);

    String unreadableCharacter();

    String bracketUnopened();

    String onlyExcluding();

    String weightFault();

    String bracketsTooDeep(int most);

    String wordMissing();

    String interestEmpty();

    String exclamationFault();

    String minusFault();

    String notFault();

    String noField(String name);

    String noFieldNear(String name, String near);

    String spaceAfterColon();

    String topicInField();

    String likeInField();

    String likeId();

    String lessAlone();

    String topicMissing();

    String fieldInField();

    String bracketUnclosed();

    String exactWithStar();

    String exactMissing();

    String exactField();

    String quoteUnclosed();

    String quoteEmpty();

    String starFault();

    String prefixesAtMost(int most);

    String noContent(String text);

    String wordsAtMost(int most);

    String noteComma();

    String noteSmallNot();

    String hintMutesAll();

    String hintNobodyYet(int editions);

    String hintNothing(int editions);

    String hintEverything();

    String formUnreadable();

    String formCharset();

    String formPercent();

    String formNul();

    String notReadHere();

    String formType();

    String formCompressed();

    String tooMuch();

    String tooManyFields(int most);

    String tooLarge();

    String tooSlow();

    String tooSlowAbout();

    String cutShort();

    String tooManyAsk();

    String tooOften(String seconds);

    String foreignForm();

    String addressExpired(int days);

    String addressTaken();

    String addressTakenAbout();

    String addressStopped();

    String addressStoppedAbout();

    String addressGone();

    String addressGoneAbout();
}
