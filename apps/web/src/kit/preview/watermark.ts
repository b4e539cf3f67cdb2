/**
 * A watermark (M15): whose eyes it is for and when, again and again across what is shown, drawn into the very pixels where they are ours.
 * It tells whose copy a photograph of the screen is; it keeps nobody from taking one.
 */

const ANGLE = -Math.PI / 7;

/**
 * Draws over what the canvas holds. Dark letters with a light edge: one of both is seen on any ground.
 * @param lines short ones; @param unit height of a letter in pixels of the canvas
 */
export function drawWatermark(canvas: HTMLCanvasElement, lines: readonly string[], unit: number): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width, height } = canvas;
  context.save();
  context.font = `600 ${unit}px sans-serif`;
  context.lineWidth = unit / 8;
  context.strokeStyle = "rgb(255 255 255 / 0.4)";
  context.fillStyle = "rgb(22 32 58 / 0.34)";
  context.rotate(ANGLE);
  const across = Math.max(...lines.map((line) => context.measureText(line).width)) + unit * 4;
  const down = unit * (lines.length + 4);
  // the turned grid must reach all four corners
  const reach = Math.hypot(width, height);
  let row = 0;
  for (let y = -reach; y < reach; y += down, row++) {
    for (let x = -reach + (row % 2) * (across / 2); x < reach; x += across) {
      lines.forEach((line, place) => {
        context.strokeText(line, x, y + place * unit * 1.3);
        context.fillText(line, x, y + place * unit * 1.3);
      });
    }
  }
  context.restore();
}
