// The room: a box by mouse or keyboard, a stretch of text by selection. The server does the rest.
(() => {
  "use strict";
  const STEP = 4, FINE = 1, FIRST = { width: 120, height: 18 }, LEAST = 2;
  const find = (id) => document.getElementById(id);
  const field = (name) => document.querySelector(`#marking [name="${name}"]`);
  const kept = (name, value) => value === undefined ? sessionStorage.getItem(name) : sessionStorage.setItem(name, value);
  let drag = null, scroll = null;

  const size = () => {
    const sheet = find("sheet");
    return { width: Number(sheet.dataset.width), height: Number(sheet.dataset.height) };
  };
  const points = (event) => {
    const matrix = find("turned").getScreenCTM().inverse();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    const { width, height } = size();
    return { x: Math.min(Math.max(at.x, 0), width), y: Math.min(Math.max(at.y, 0), height) };
  };
  const box = () => {
    if (!field("x0")) return null;
    const edges = ["x0", "y0", "x1", "y1"].map((name) => parseFloat(field(name).value));
    return edges.every(Number.isFinite) ? edges : null;
  };
  const show = () => {
    const draft = find("draft"), edges = box();
    if (!draft) return;
    draft.toggleAttribute("hidden", !edges);
    if (!edges) return;
    const [x0, y0, x1, y1] = edges;
    for (const [name, value] of Object.entries({ x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) })) {
      draft.setAttribute(name, value.toFixed(2));
    }
  };
  const set = (edges, way) => {
    if (!field("x0")) return;
    ["x0", "y0", "x1", "y1"].forEach((name, at) => { field(name).value = edges ? edges[at].toFixed(1) : ""; });
    field("way").value = way;
    show();
  };
  const say = (words) => { const hint = find("stage-hint"); if (hint) { hint.setAttribute("role", "status"); hint.textContent = words; } };
  const told = ([x0, y0, x1, y1]) => say(`区域：左${x0.toFixed(0)} 上${y0.toFixed(0)} 右${x1.toFixed(0)} 下${y1.toFixed(0)}。选依据后按「遮盖所选区域」。`);

  // -- mouse and pen
  document.addEventListener("pointerdown", (event) => {
    const sheet = event.target.closest && event.target.closest("#sheet");
    if (!sheet || event.button !== 0 || event.target.closest("a") || choosing() || !field("x0")) return;
    const at = points(event);
    drag = { x: at.x, y: at.y };
    sheet.setPointerCapture(event.pointerId);
    event.preventDefault();
    find("stage").focus({ preventScroll: true });
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || !find("sheet")) return;
    const at = points(event);
    set([Math.min(drag.x, at.x), Math.min(drag.y, at.y), Math.max(drag.x, at.x), Math.max(drag.y, at.y)], "mouse");
  });
  document.addEventListener("pointerup", () => {
    if (!drag) return;
    drag = null;
    const edges = box();
    if (edges && (edges[2] - edges[0] < LEAST || edges[3] - edges[1] < LEAST)) set(null, "mouse");
    else if (edges) told(edges);
  });

  // -- keyboard on the stage
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "stage" || event.altKey || event.metaKey) return;
    const edges = box(), key = event.key;
    if ((key === "b" || key === "B" || key === "Insert") && field("x0")) {
      event.preventDefault();
      const { width, height } = size();
      const x = (width - FIRST.width) / 2, y = (height - FIRST.height) / 2;
      set([x, y, x + FIRST.width, y + FIRST.height], "keyboard");
      told(box());
    } else if (edges && key.startsWith("Arrow")) {
      event.preventDefault();
      move(edges, key, event.shiftKey, event.ctrlKey ? FINE : STEP);
    } else if (edges && key === "Enter") {
      event.preventDefault();
      field("ground").focus();
    } else if (edges && key === "Escape") {
      set(null, "keyboard");
      say("已取消。");
    } else if (key === "PageDown" && find("next")) {
      event.preventDefault();
      find("next").click();
    } else if (key === "PageUp" && find("previous")) {
      event.preventDefault();
      find("previous").click();
    }
  });
  const move = (edges, key, grow, step) => {
    const across = key === "ArrowLeft" ? -step : key === "ArrowRight" ? step : 0;
    const down = key === "ArrowUp" ? -step : key === "ArrowDown" ? step : 0;
    const { width, height } = size();
    let [x0, y0, x1, y1] = edges;
    if (grow) {
      x1 = Math.min(width, Math.max(x0 + LEAST, x1 + across));
      y1 = Math.min(height, Math.max(y0 + LEAST, y1 + down));
    } else {
      const dx = Math.min(Math.max(across, -x0), width - x1), dy = Math.min(Math.max(down, -y0), height - y1);
      [x0, y0, x1, y1] = [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
    }
    set([x0, y0, x1, y1], "keyboard");
    told([x0, y0, x1, y1]);
  };

  // -- text
  const choosing = () => { const chosen = document.querySelector("[name=tool]:checked"); return chosen && chosen.value === "text"; };
  const place = (node, offset) => {
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentNode : node).closest("text[data-start]");
    return line ? Number(line.dataset.start) + offset : null;
  };
  document.addEventListener("selectionchange", () => {
    if (!choosing() || !field("start")) return;
    const chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed) return;
    const ends = [place(chosen.anchorNode, chosen.anchorOffset), place(chosen.focusNode, chosen.focusOffset)];
    if (ends.includes(null)) return;
    field("start").value = Math.min(...ends);
    field("end").value = Math.max(...ends);
    field("text").value = chosen.toString().replace(/\s+/g, " ").trim().slice(0, 200);
    say(`已选：${field("text").value}。选依据后按「遮盖选中的文字」。`);
  });

  // -- what stays the same when a part of the page comes anew
  const begin = () => {
    const tools = document.querySelector(".tools");
    if (tools) {
      tools.hidden = false;
      const held = document.querySelector(`[name=tool][value="${kept("room-tool") || "box"}"]`);
      if (held) held.checked = true;
      const stage = find("stage");
      if (stage) stage.classList.toggle("choosing-text", Boolean(choosing()));
      if (stage && scroll && scroll.page === find("sheet").getAttribute("aria-label").split("，")[0]) stage.scrollTo(scroll.left, scroll.top);
    }
    show();
  };
  document.addEventListener("change", (event) => {
    if (event.target.name === "tool") { kept("room-tool", event.target.value); begin(); }
    if (event.target.form && event.target.form.matches("[data-auto]")) event.target.form.requestSubmit();
  });
  document.addEventListener("input", (event) => {
    if (event.target.classList && event.target.classList.contains("edge")) { field("way").value = "keyboard"; show(); }
    if (event.target.name === "text" && event.isTrusted && field("start")) { field("start").value = ""; field("end").value = ""; }
  });
  document.addEventListener("htmx:beforeSwap", () => {
    const stage = find("stage");
    scroll = stage ? { left: stage.scrollLeft, top: stage.scrollTop, page: find("sheet").getAttribute("aria-label").split("，")[0] } : null;
  });
  document.addEventListener("htmx:afterSettle", begin);
  begin();
})();
