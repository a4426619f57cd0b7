// Which of the conditions on its standard input hold, by the player's own module: [[condition, {item: status}], …].
import { readFileSync } from "node:fs";
import { holds } from "../../../server/boiduong_server/play/assets/prerequisites.js";

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(([condition, state]) => holds(condition, (item) => state[item]))));
