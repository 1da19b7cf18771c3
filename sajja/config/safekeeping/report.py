"""A manifest in one line of words."""

from sajja.config.safekeeping.parcel import Facts


def summary(manifest: Facts) -> str:
    """What is in it, as an operator counts."""
    rows, files = manifest["rows"], manifest["files"]
    pictures = sum(name.startswith("files/pictures/") for name in files)
    entries = sum(count for count, _ in manifest["heads"].values())
    size = sum(size for size, _ in files.values())
    return (
        f"{sum(rows.values())} rows in {len(rows)} tables, {rows['org_person']} people, {len(manifest['heads'])} books with"
        f" {entries} entries, {pictures} pictures, {size / 1_000_000:.1f} MB, from {manifest['engine']} on {manifest['made_at'][:16]}"
    )
