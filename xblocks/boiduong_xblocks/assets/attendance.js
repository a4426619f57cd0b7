/** The attendance block: the learner's page or the monitor's. */
import { openLearner } from "./attendance_learner.js";
import { openMonitor } from "./attendance_monitor.js";
import { rootOf } from "./dom.js";

window.BoiduongAttendance = function (runtime, element, args) {
  const root = rootOf(element, ".boiduong-attendance");
  const address = (name) => runtime.handlerUrl(element, name);
  if (args.view === "staff") openMonitor(root, address, args);
  else openLearner(root, address, args);
};
