"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

export interface NavItem {
  href: string;
  label: string;
}

export function MainNav({ items }: { items: readonly NavItem[] }) {
  const path = usePathname();
  // Exercises live under Incidents, at an address of their own.
  const isCurrent = (href: string) =>
    href === "/" ? path === "/" : path.startsWith(href) || (href === "/incidents" && path.startsWith("/exercises"));
  return (
    <nav className="nav" aria-label="Main">
      {items.map(({ href, label }) => (
        <Link key={href} href={href} aria-current={isCurrent(href) ? "page" : undefined} prefetch={false}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
