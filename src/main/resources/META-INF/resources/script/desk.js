// Keeps a page that something happens on up to date; without it the page says how it stood when it was opened.
(() => {
  const live = () => document.querySelector("[data-live]");
  const again = async () => {
    if (document.hidden || !live()) {
      return;
    }
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) {
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      if (fresh && !live().contains(document.activeElement)) {
        live().replaceWith(fresh);
      }
    } catch (e) {
      // Signed out, or the service is away: what was read stays.
    }
  };
  setInterval(again, 5000);
})();
