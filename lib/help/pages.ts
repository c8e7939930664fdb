/** Which pages of `docs/` are readable in the console, and which of their sections belongs to which screen. Pure. */

/** The pages for people, in `docs/people/`, in the order they are listed. */
export const PEOPLE_PAGES = [
  "drafter",
  "approver",
  "steward",
  "administrator",
  "auditor",
  "operator",
  "integrator",
  "keyboard",
] as const;

/** The pages of `docs/` for who runs the machine, which the page for operators leads to. */
export const OPERATOR_PAGES = [
  "adding-a-channel",
  "backup",
  "high-availability",
  "monitoring",
  "object-storage",
  "point-in-time",
] as const;

/** Where a page's text is, from the root of the repository; null where there is no such page. */
export function fileOf(page: string): string | null {
  if ((PEOPLE_PAGES as readonly string[]).includes(page)) return `docs/people/${page}.md`;
  return (OPERATOR_PAGES as readonly string[]).includes(page) ? `docs/${page}.md` : null;
}

/**
 * Where a link of a page leads in the console.
 * @returns null for a file that is in the repository only
 */
export function resolveLink(href: string): string | null {
  if (/^https:\/\//.test(href) || href.startsWith("#")) return href;
  const [, name, anchor = ""] = /^(?:\.\.\/)?(?:people\/)?([\w-]+)\.md(#[\w-]+)?$/.exec(href) ?? [];
  return name !== undefined && fileOf(name) ? `/help/${name}${anchor}` : null;
}

/** The address of a picture that a page names as `pictures/NAME.png`. */
export const pictureAddress = (file: string): string => file.replace(/^pictures\//, "/api/help/");

/** Each screen by its route in `app/`, and the section that says what to do there. */
export const SCREENS: readonly (readonly [route: string, section: string])[] = [
  ["/", "drafter#see-what-needs-you"],
  ["/account", "administrator#your-own-account"],
  ["/account/second-factor", "administrator#your-own-account"],
  ["/admin", "administrator#invite-a-person"],
  ["/admin/access-review", "administrator#review-who-has-access"],
  ["/admin/agencies", "administrator#set-up-an-agency"],
  ["/admin/channels", "administrator#set-up-a-channel"],
  ["/admin/channels/[id]", "administrator#set-up-a-channel"],
  ["/admin/languages", "administrator#turn-on-a-language-of-the-public-site"],
  ["/admin/languages/[code]", "administrator#turn-on-a-language-of-the-public-site"],
  ["/admin/people/[id]", "administrator#change-a-persons-roles"],
  ["/admin/requests", "administrator#confirm-what-another-administrator-asks-for"],
  ["/admin/requests/new", "administrator#confirm-what-another-administrator-asks-for"],
  ["/admin/single-sign-on", "administrator#set-up-single-sign-on"],
  ["/admin/single-sign-on/[id]", "administrator#set-up-single-sign-on"],
  ["/admin/single-sign-on/new", "administrator#set-up-single-sign-on"],
  ["/admin/status", "administrator#see-whether-callbox-itself-is-well"],
  ["/alerts", "drafter#find-an-alert"],
  ["/alerts/[id]", "drafter#after-it-is-published"],
  ["/alerts/[id]/edit", "drafter#finish-the-draft"],
  ["/alerts/[id]/history", "auditor#see-how-an-alert-came-about"],
  ["/alerts/[id]/proof", "auditor#prove-what-was-published"],
  ["/alerts/[id]/review", "approver#review-an-alert"],
  ["/alerts/ready", "drafter#prepare-before-anything-fails"],
  ["/alerts/ready/[id]", "drafter#prepare-before-anything-fails"],
  ["/alerts/ready/new", "drafter#prepare-before-anything-fails"],
  ["/check", "drafter#validate-a-cap-message"],
  ["/directory", "steward#see-what-needs-work"],
  ["/directory/[id]", "steward#add-or-change-a-number"],
  ["/directory/areas", "steward#how-a-number-is-chosen"],
  ["/directory/call-round", "steward#do-a-call-round"],
  ["/directory/conflicts", "steward#settle-a-conflict"],
  ["/directory/import", "steward#import-a-list"],
  ["/directory/import/[id]", "steward#import-a-list"],
  ["/directory/kit", "steward#keep-an-offline-kit"],
  ["/exercises", "drafter#practice-with-an-exercise"],
  ["/exercises/[id]", "drafter#play-a-planned-exercise"],
  ["/exercises/[id]/certificate", "drafter#play-a-planned-exercise"],
  ["/exercises/[id]/edit", "drafter#plan-an-exercise"],
  ["/exercises/new", "drafter#practice-with-an-exercise"],
  ["/exercises/plan", "drafter#plan-an-exercise"],
  ["/exercises/proficiency", "administrator#see-who-practiced-this-month"],
  ["/forbidden", "administrator#what-each-role-may-do"],
  ["/incidents", "drafter#declare-an-outage"],
  ["/incidents/[id]", "drafter#keep-the-outage-up-to-date"],
  ["/incidents/[id]/after-action", "auditor#read-the-after-action-report"],
  ["/incidents/new", "drafter#declare-an-outage"],
  ["/log", "auditor#read-the-activity-log"],
  ["/setup", "administrator#set-up-a-new-site"],
  ["/templates", "drafter#change-the-words-of-a-template"],
  ["/templates/[id]", "drafter#change-the-words-of-a-template"],
  ["/templates/drafts/[id]", "drafter#change-the-words-of-a-template"],
];

/** The help for the screen at an address; the list of pages where none is named. */
export function helpFor(path: string): string {
  const parts = path.split("/");
  const fitting = SCREENS.filter(([route]) => {
    const wanted = route.split("/");
    return wanted.length === parts.length && wanted.every((part, at) => part.startsWith("[") || part === parts[at]);
  });
  // A name that stands in the route goes before one that may be anything.
  const [best] = fitting.toSorted(([one], [other]) => one.split("[").length - other.split("[").length);
  return best ? `/help/${best[1]}` : "/help";
}
