"""Links that open a place in the maps that people use."""

from __future__ import annotations

from urllib.parse import quote

from atlas.records.point import Point


def map_links(korean_name: str, point: Point | None) -> list[dict[str, str]]:
    """Links by key of the map (``naver``, ``kakao``, ``google``, ``yandex``, ``amap``); by name or address where no
    point is known; Naver always so.

    Forms: Naver and Kakao share links; Google Maps URLs ``search/?api=1``; Yandex ``pt`` and ``text``; Amap URI API, WGS84.
    """
    name = quote(korean_name)
    if point is None:
        links = {
            "naver": f"https://map.naver.com/p/search/{name}",
            "kakao": f"https://map.kakao.com/link/search/{name}",
            "google": f"https://www.google.com/maps/search/?api=1&query={name}",
            "yandex": f"https://yandex.com/maps/?text={name}",
            "amap": f"https://uri.amap.com/search?keyword={name}&callnative=0",
        }
    else:
        lat, lon = point.lat, point.lon
        links = {
            "naver": f"https://map.naver.com/p/search/{name}",
            "kakao": f"https://map.kakao.com/link/map/{name},{lat},{lon}",
            "google": f"https://www.google.com/maps/search/?api=1&query={lat},{lon}",
            "yandex": f"https://yandex.com/maps/?pt={lon},{lat}&z=17",
            "amap": f"https://uri.amap.com/marker?position={lon},{lat}&name={name}&coordinate=wgs84&callnative=0",
        }
    return [{"map": key, "url": url} for key, url in links.items()]
