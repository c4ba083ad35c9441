// The graph view: draws what /graph/around tells, grows where a node is chosen, and is walked with the keyboard.
"use strict";

const TONES = { effective: "good", improved: "good", ineffective: "bad", worsened: "bad", mixed: "open", no_difference: "open", denied: "open" };
const WEAK = new Set(["unspecified", "investigated"]);
const canvas = document.getElementById("graph");
const form = document.getElementById("graph-filters");
const status = document.getElementById("graph-status");
const table = document.getElementById("graph-rows");

const words = (text) => text.replaceAll("_", " ");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;

function look() {
  const types = ["drug", "disease", "protein", "cell", "process", "outcome", "procedure"];
  return [
    { selector: "node", style: { "label": "data(name)", "background-color": colour("other"), "color": colour("ink"), "font-family": '"Source Sans 3", sans-serif', "font-size": 14, "text-wrap": "wrap", "text-max-width": 130, "text-valign": "bottom", "text-margin-y": 4, "text-background-color": colour("raised"), "text-background-opacity": 0.85, "text-background-padding": 2, "width": 26, "height": 26, "border-width": 1.5, "border-color": colour("soft") } },
    ...types.map((type) => ({ selector: `node[type = "${type}"]`, style: { "background-color": colour(type) } })),
    { selector: "node[?open]", style: { "width": 40, "height": 40, "font-size": 17, "font-weight": 700, "text-background-opacity": 1, "z-index": 9, "border-color": colour("ink"), "border-width": 2.5 } },
    { selector: "node:selected", style: { "border-color": colour("focus"), "border-width": 5 } },
    { selector: "edge", style: { "width": "mapData(belief, 0, 1, 1, 7)", "line-color": colour("plain"), "target-arrow-color": colour("plain"), "target-arrow-shape": "triangle", "curve-style": "bezier", "label": "data(label)", "color": colour("soft"), "font-size": 11, "font-family": '"Source Sans 3", sans-serif', "text-rotation": "autorotate", "text-background-color": colour("raised"), "text-background-opacity": 0.9, "text-background-padding": 1, "min-zoomed-font-size": 8 } },
    { selector: "edge[?symmetric]", style: { "target-arrow-shape": "none" } },
    ...["good", "bad", "open"].map((tone) => ({ selector: `edge[tone = "${tone}"]`, style: { "line-color": colour(tone), "target-arrow-color": colour(tone) } })),
    { selector: "edge[?weak]", style: { "line-style": "dashed" } },
    { selector: "edge:selected", style: { "line-color": colour("focus"), "target-arrow-color": colour("focus") } },
  ];
}

if (canvas && window.cytoscape) {
  const cy = cytoscape({ container: canvas, style: look(), minZoom: 0.2, maxZoom: 3, boxSelectionEnabled: false });
  window.sicca = { cy };
  document.addEventListener("themechange", () => cy.style(look()));

  const address = (about) => {
    const asked = new URLSearchParams();
    for (const field of form.elements) if (field.name && field.value && field.name !== "about") asked.append(field.name, field.value);
    asked.set("about", about);
    return `/graph/around?${asked}`;
  };

  const row = (edge) => {
    const line = document.createElement("tr");
    const cell = (text, href, number) => {
      const made = document.createElement("td");
      if (number) made.className = "number";
      if (href) { const link = document.createElement("a"); link.href = href; link.textContent = text; made.append(link); } else made.textContent = text;
      line.append(made);
    };
    const name = (id) => cy.getElementById(id).data("name");
    cell(name(edge.source), `/concept?id=${encodeURIComponent(edge.source)}`);
    cell(words(edge.predicate), `/claim/${edge.id}`);
    cell(name(edge.target), `/concept?id=${encodeURIComponent(edge.target)}`);
    cell(words(edge.verdict));
    cell(edge.belief.toFixed(2), null, true);
    cell(String(edge.articles), null, true);
    cell(edge.years);
    table.append(line);
  };

  const expand = async (about) => {
    status.textContent = "Reading …";
    let found;
    try {
      const answer = await fetch(address(about));
      found = await answer.json();
      if (!answer.ok) throw new Error(found.detail || answer.statusText);
    } catch (error) {
      status.textContent = `Not drawn: ${error.message}. Change the filters or go back.`;
      return;
    }
    const from = cy.getElementById(found.id);
    const first = cy.nodes().empty();
    const half = { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 };
    const at = from.nonempty() ? from.position() : half;
    // The first ring fills the drawing, near and far in turn; a later one opens around its node and is then spread.
    const ring = (i, count) => {
      const angle = 2 * Math.PI * (i + 0.5) / count, far = i % 2 ? 0.5 : 0.88;
      return first ? { x: at.x + half.x * far * Math.cos(angle), y: at.y + half.y * far * Math.sin(angle) - 12 } : { x: at.x + 190 * Math.cos(angle), y: at.y + 190 * Math.sin(angle) };
    };
    const nodes = found.nodes.filter((node) => cy.getElementById(node.id).empty());
    if (from.empty() && !nodes.some((node) => node.id === found.id)) nodes.push({ id: found.id, name: found.name, type: "" });
    cy.add(nodes.map((node, i) => ({ group: "nodes", data: { ...node, type: node.type.toLowerCase() }, position: node.id === found.id ? { ...at } : ring(i, nodes.length) })));
    const edges = found.edges.filter((edge) => cy.getElementById(edge.id).empty());
    cy.add(edges.map((edge) => ({ group: "edges", data: { ...edge, label: words(edge.predicate), tone: TONES[edge.verdict] || "plain", weak: WEAK.has(edge.verdict) } })));
    edges.forEach(row);
    cy.getElementById(found.id).data("open", true);
    cy.nodes().unselect();
    cy.getElementById(found.id).select();
    if (!first && edges.length) cy.layout({ name: "cose", randomize: false, animate: reduced ? false : "end", animationDuration: 300, nodeRepulsion: 400000, idealEdgeLength: 150, nodeOverlap: 60, gravity: 0.4, padding: 30, numIter: 600, nodeDimensionsIncludeLabels: true }).run();
    status.textContent = edges.length ? `${edges.length} claims of ${found.name} added${found.more ? "; the strongest, filters show others" : ""}. ${cy.nodes().length} things, ${cy.edges().length} claims drawn.` : `Nothing more of ${found.name} passes the filters.`;
    canvas.dataset.ready = String(cy.edges().length);
  };

  const chosen = () => cy.nodes(":selected").first();
  const go = (key) => {
    const here = chosen().nonempty() ? chosen() : cy.nodes().first();
    if (here.empty()) return;
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    const p = here.position();
    let best = null, least = Infinity;
    cy.nodes().forEach((node) => {
      const q = node.position(), along = (q.x - p.x) * dx + (q.y - p.y) * dy, across = Math.abs((q.x - p.x) * dy + (q.y - p.y) * dx);
      if (node.id() !== here.id() && along > 1 && along + 2 * across < least) { best = node; least = along + 2 * across; }
    });
    if (!best) return;
    cy.nodes().unselect();
    best.select();
    const seen = cy.extent(), at = best.position();
    if (at.x < seen.x1 || at.x > seen.x2 || at.y < seen.y1 || at.y > seen.y2) cy.center(best);
    status.textContent = `${best.data("name")}, ${best.data("type")}, ${best.connectedEdges().length} claims drawn. Enter expands, O opens its page.`;
  };

  cy.on("tap", "node", (event) => expand(event.target.id()));
  cy.on("tap", "edge", (event) => { location.href = `/claim/${event.target.id()}`; });
  const zoom = (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) go(event.key);
    else if (event.key === "Enter" && chosen().nonempty()) expand(chosen().id());
    else if (event.key.toLowerCase() === "o" && chosen().nonempty()) location.href = `/concept?id=${encodeURIComponent(chosen().id())}`;
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") cy.fit(undefined, 40);
    else return;
    event.preventDefault();
  });
  document.querySelectorAll("[data-graph]").forEach((button) => button.addEventListener("click", () => {
    if (button.dataset.graph === "fit") cy.fit(undefined, 40); else zoom(button.dataset.graph === "in" ? 1.25 : 0.8);
  }));
  document.fonts.ready.then(() => expand(canvas.dataset.about));
}
