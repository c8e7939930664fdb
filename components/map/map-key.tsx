/** What the fills of a map mean: each fill beside its word. The patterns are those of the map it stands under. */
export function MapKey({ items }: { items: readonly { look: string; says: string }[] }) {
  return (
    <ul className="map-key">
      {items.map(({ look, says }) => (
        <li key={look}>
          <svg className="place-map swatch" viewBox="0 0 28 18" aria-hidden="true" focusable="false">
            <path d="M0.5 0.5h27v17h-27z" className={`town ${look}`} />
          </svg>
          {says}
        </li>
      ))}
    </ul>
  );
}
