import assert from "node:assert/strict";
import { test } from "node:test";
import { isTooBigToShow, previewKind, viewedType } from "./preview-kind.ts";

test("M14: pictures, PDF and text are shown, by their ending", () => {
  for (const name of ["a.PNG", "b.jpeg", "c.webp", "d.avif", "e.gif"]) assert.equal(previewKind(name, "", 10), "image");
  assert.equal(previewKind("a.pdf", "text/html", 10), "pdf");
  assert.equal(previewKind("a.csv", "", 10), "text");
  assert.equal(previewKind("README", "text/plain", 10), "text");
});

test("M14: what could run or has no viewer is not shown, whatever type it declares", () => {
  for (const name of ["a.svg", "a.html", "a.htm", "a.xhtml", "a.docx", "a"]) {
    assert.equal(previewKind(name, "image/svg+xml", 10), undefined, name);
    assert.equal(previewKind(name, "text/html", 10), undefined, name);
  }
  assert.equal(previewKind("a.svg", "image/png", 10), undefined);
  assert.equal(previewKind("a.png", "", 0), undefined);
  assert.equal(previewKind("a.png", "", 1e9), undefined);
});

test("M14: the type of a picture never comes from the message", () => {
  assert.equal(viewedType("x.jpg"), "image/jpeg");
  assert.equal(viewedType("x.svg"), "image/png");
});

test("M14: sounds and films are played, with a type of ours, up to what a browser bears; above, one is told", () => {
  assert.equal(previewKind("a.mp3", "text/html", 10), "audio");
  assert.equal(previewKind("a.MP4", "", 10), "video");
  assert.equal(viewedType("a.ogg"), "audio/ogg");
  assert.equal(viewedType("a.webm"), "video/webm");
  assert.equal(previewKind("a.mkv", "video/x-matroska", 10), undefined);
  assert.equal(previewKind("a.mp4", "", 2e9), undefined);
  assert.equal(isTooBigToShow("a.mp4", "", 2e9), true);
  assert.equal(isTooBigToShow("a.mp4", "", 1e6), false);
  assert.equal(isTooBigToShow("a.zip", "", 2e9), false);
});
