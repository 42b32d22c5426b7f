/*
 * Shows what interests would have brought while somebody types them; without script the preview button says the same.
 * All that it shows is set as text, never as HTML; its sentences stand on the panel, in the language of the page.
 */
(() => {
  const form = document.querySelector("form[data-forecast]");
  const panel = form && form.querySelector(".forecast");
  if (!panel) {
    return;
  }
  const PAUSE_MILLIS = 300;
  const SHOWN_HINTS = 4;
  const SVG = "http://www.w3.org/2000/svg";
  const words = panel.dataset;
  const number = (value, digits) =>
    value.toLocaleString(words.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  let timer;
  let asking;
  let last = "";

  const element = (name, text, className) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) {
      made.className = className;
    }
    return made;
  };

  /* The sentence with what belongs in its places {0} and {1}. */
  const said = (sentence, ...values) => sentence.replace(/\{(\d)\}/g, (place, index) => values[index]);

  /* The same where a part of it is strong. */
  const stressed = (sentence, className) => {
    const made = element("p", "", className);
    sentence.split(/<\/?strong>/).forEach((part, i) => made.append(i % 2 === 1 ? element("strong", part) : part));
    return made;
  };

  const typed = (name) =>
    form.elements[name].value
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");

  /* Each interest as the service reads it, and as its reader calls it. */
  const interests = () => [
    ...[...form.querySelectorAll("input[name=topic]:checked")].map((box) => ({
      line: `topic:${box.value}`,
      name: box.parentElement.textContent.trim(),
    })),
    ...typed("keywords").map((line) => ({ line, name: line })),
    ...typed("author").map((name) => ({ line: `author:"${name.replaceAll('"', "")}"`, name })),
  ];

  const bars = (days) => {
    const most = Math.max(1, ...days.map((day) => day.papers));
    const chart = document.createElementNS(SVG, "svg");
    chart.setAttribute("viewBox", `0 0 ${days.length * 4} 24`);
    chart.setAttribute("width", days.length * 12);
    chart.setAttribute("preserveAspectRatio", "none");
    chart.setAttribute("aria-hidden", "true");
    days.forEach((day, i) => {
      const height = Math.max(day.papers > 0 ? 2 : 0.5, (22 * day.papers) / most);
      const bar = document.createElementNS(SVG, "rect");
      bar.setAttribute("x", i * 4);
      bar.setAttribute("y", 24 - height);
      bar.setAttribute("width", 3);
      bar.setAttribute("height", height);
      chart.append(bar);
    });
    return chart;
  };

  /* What cannot be read, each by the name that its reader gave it; the rest is answered for. */
  const faults = (unreadable, asked) => {
    if (unreadable.length === 0) {
      return [];
    }
    const list = element("ul", "", "hints faults");
    unreadable.forEach(({ number, message }) => {
      list.append(element("li", said(words.fault, asked[number - 1]?.name ?? number, message)));
    });
    return [list];
  };

  const show = (answer, asked) => {
    const called = new Map(asked.map((interest) => [interest.line, interest.name]));
    const editions = answer.days.length;
    const parts = [];
    if (editions > 0) {
      const rate = stressed(
        said(editions === 1 ? words.rateOne : words.rate, number(answer.perDay, answer.perDay < 10 ? 1 : 0), editions),
        "rate",
      );
      const span = element("p", "", "span");
      span.append(
        element("span", answer.days[0].edition),
        element("span", said(words.most, Math.max(...answer.days.map((day) => day.papers)))),
        element("span", answer.days[editions - 1].edition),
      );
      parts.push(rate, bars(answer.days), span);
    }
    parts.push(...faults(answer.faults, asked));
    const hints = answer.interests.filter((interest) => interest.hint);
    if (hints.length > 0) {
      const list = element("ul", "", "hints");
      hints.slice(0, SHOWN_HINTS).forEach((interest) => {
        list.append(element("li", said(words.hint, called.get(interest.interest) ?? interest.interest, interest.hint)));
      });
      if (hints.length > SHOWN_HINTS) {
        list.append(element("li", said(words.more, hints.length - SHOWN_HINTS)));
      }
      parts.push(list);
    }
    if (answer.best.length > 0) {
      parts.push(element("p", words.begins, "hint"));
      const list = element("ol", "");
      answer.best.forEach((match) => {
        const item = element("li", "");
        const title = element("span", match.paper.title);
        title.lang = "en";
        title.dir = "auto";
        item.append(title);
        item.append(" ", element("small", called.get(match.interest) ?? match.interest ?? words.trending));
        list.append(item);
      });
      parts.push(list);
    }
    panel.replaceChildren(...parts);
    panel.hidden = parts.length === 0;
  };

  /* "Interest 3: …" means the third that was asked for: named as it was typed. */
  const refuse = (detail, asked) => {
    const named = [...detail.matchAll(/Interest (\d+): (.*?)(?=\. Interest \d+: |$)/gs)].map(([, number, message]) => ({
      number: Number(number),
      message,
    }));
    panel.replaceChildren(...(named.length > 0 ? faults(named, asked) : [element("p", detail, "hint")]));
    panel.hidden = false;
  };

  const ask = async () => {
    const asked = interests();
    const votes = Number.parseInt(form.elements["min-votes"].value, 10);
    const size = Number.parseInt(form.elements.size.value, 10);
    const question = JSON.stringify({
      interests: asked.map((interest) => interest.line),
      fill: form.elements.fill.checked,
      minVotes: votes > 0 ? votes : 0,
      size: size >= 1 && size <= 50 ? size : null,
    });
    if (question === last) {
      return;
    }
    last = question;
    asking?.abort();
    if (asked.length === 0) {
      panel.hidden = true;
      return;
    }
    asking = new AbortController();
    try {
      const answer = await fetch(`/api/v1/forecast?lang=${words.lang}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: question,
        signal: asking.signal,
      });
      if (answer.ok) {
        show(await answer.json(), asked);
      } else if (answer.status === 400) {
        refuse((await answer.json()).detail, asked);
      } else {
        panel.hidden = true;
      }
    } catch (failure) {
      if (failure.name !== "AbortError") {
        panel.hidden = true;
      }
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MILLIS);
  });
  ask();
})();
