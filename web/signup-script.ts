/**
 * `/assets/signup.js`: lets a signup form on another site answer in its place. It posts to the form's own address, and
 * wherever it does not get on, the form is posted as it would be without it.
 */
export const signupScript = `(() => {
  const leastMilliseconds = 2100;
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  const prepare = (form) => {
    const action = form.action;
    const named = (name) => form.elements.namedItem(name);
    const told = document.createElement("div");
    const mistake = document.createElement("div");
    told.setAttribute("role", "status");
    mistake.setAttribute("role", "alert");
    mistake.id = "stepletter-" + Math.random().toString(36).slice(2);
    form.append(told, mistake);

    let zone = named("zone");
    if (!zone) {
      zone = Object.assign(document.createElement("input"), { type: "hidden", name: "zone" });
      form.append(zone);
    }
    if (!zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";

    let opening;
    const open = () => {
      opening ??= fetch(action + "/start", { credentials: "omit" }).then(async (answer) => {
        if (!answer.ok) throw new Error("start " + answer.status);
        return { started: (await answer.json()).started, at: Date.now() };
      });
      opening.catch(() => {});
      return opening;
    };
    form.addEventListener("focusin", open, { once: true });

    const post = async (more) => {
      const { started, at } = await open();
      await wait(at + leastMilliseconds - Date.now());
      const fields = { ...Object.fromEntries(new FormData(form)), ...more, started };
      const answer = await fetch(action, {
        method: "POST",
        credentials: "omit",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(fields),
      });
      return { ...(await answer.json()), ok: answer.ok };
    };

    const clear = () => {
      told.textContent = "";
      mistake.replaceChildren();
      for (const field of form.querySelectorAll("[aria-invalid]")) {
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
      }
    };
    const say = (text) => {
      const line = document.createElement("p");
      line.textContent = text;
      mistake.append(line);
    };
    const succeed = ({ thankYou }) => {
      if (thankYou) return location.assign(thankYou);
      const done = document.createElement("p");
      done.tabIndex = -1;
      done.setAttribute("role", "status");
      done.textContent = "Check your inbox: press the button in our mail to confirm.";
      form.replaceWith(done);
      done.focus();
    };
    const point = (fields) => {
      for (const [name, text] of Object.entries(fields)) {
        say(text);
        const field = named(name);
        if (!field?.setAttribute) continue;
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", mistake.id);
      }
      form.querySelector("[aria-invalid]")?.focus();
    };
    const ask = (suggestion) => {
      say("Did you mean " + suggestion + "?");
      const choice = (text, act) => {
        const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
        button.addEventListener("click", act);
        mistake.append(button, " ");
        return button;
      };
      const yes = choice("Yes, use " + suggestion, () => {
        named("email").value = suggestion;
        send({});
      });
      choice("No, it is right as I typed it", () => send({ asTyped: true }));
      yes.focus();
    };

    let busy = false;
    const send = async (more) => {
      if (busy) return;
      busy = true;
      clear();
      told.textContent = "One moment.";
      try {
        let answer = await post(more);
        if (answer.code === "signup.not-started") {
          opening = undefined;
          answer = await post(more);
        }
        if (answer.ok) return succeed(answer);
        told.textContent = "";
        if (answer.suggestion) ask(answer.suggestion);
        else if (answer.fields) point(answer.fields);
        else throw new Error(answer.code);
      } catch {
        // A page of ours goes on from here.
        for (const [name, value] of Object.entries(more)) {
          form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: String(value) }));
        }
        HTMLFormElement.prototype.submit.call(form);
      } finally {
        busy = false;
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send({});
    });
  };

  for (const form of document.querySelectorAll("form[data-stepletter]")) prepare(form);
})();
`;
