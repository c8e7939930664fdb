import Link from "next/link";

export default function NotFound() {
  return (
    <div className="wrap page">
      <h1>Page not found</h1>
      <p>It does not exist, or it belongs to an agency you do not work for. Nothing was changed.</p>
      <p>
        <Link href="/">Go to Home</Link>
      </p>
    </div>
  );
}
