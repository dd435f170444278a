"use strict";
// Pays inside an app: only WeChat's own browser has the bridge. Everything else here is plain HTML.
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-in-app]") : null;
  if (!button) return;
  const bridge = window.WeixinJSBridge;
  if (!bridge) {
    document.getElementById("in-app-none").hidden = false;
    return;
  }
  const action = JSON.parse(button.dataset.inApp);
  const args =
    action.call === "openBusinessView"
      ? { businessType: action.args.businessType, queryString: action.args.queryString }
      : action.args;
  bridge.invoke(action.call, args, () => document.getElementById("refresh").click());
});
