// Keeps a view of the board up to date: asks seldom, only while somebody looks, and is answered by "nothing new".
"use strict";

(() => {
  const live = document.getElementById("live");
  const note = document.getElementById("live-note");
  if (!live || !note) return;
  const shortest = 60, longest = 480;
  let wait = shortest, timer = 0;

  function later() {
    clearTimeout(timer);
    // Spread out, so that many open pages do not ask in the same second.
    timer = setTimeout(ask, wait * (0.8 + 0.4 * Math.random()) * 1000);
  }

  function stop(text) {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
    note.textContent = text;
  }

  function put(fresh) {
    const open = document.activeElement;
    const href = open && live.contains(open) ? open.getAttribute("href") : null;
    live.replaceChildren(...fresh.childNodes);
    live.dataset.mark = fresh.dataset.mark;
    if (href) live.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
    note.textContent = `已更新（${new Date().toTimeString().slice(0, 5)}）。`;
  }

  async function ask() {
    if (document.hidden) return;
    let answer;
    try {
      answer = await fetch(location.href, { headers: { "If-None-Match": `"${live.dataset.mark}"` }, cache: "no-store" });
    } catch {
      wait = Math.min(wait * 2, longest);
      note.textContent = "暂时连接不上，稍后自动再试；显示的是此前的数字。";
      return later();
    }
    if (answer.status === 304) {
      wait = Math.min(wait * 2, longest);
      return later();
    }
    const page = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const fresh = page && page.getElementById("live");
    if (!fresh) return stop("本页不再自动更新，请刷新页面或者重新登录。");
    put(fresh);
    wait = shortest;
    later();
  }

  function look() {
    clearTimeout(timer);
    if (document.hidden) return;
    wait = shortest;
    ask();
  }

  document.addEventListener("visibilitychange", look);
  later();
})();
