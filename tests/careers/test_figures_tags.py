"""Long names in narrow columns."""

import pytest

from careers.templatetags.figures import breakable


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("Records Technology/Technician", "Records Technology/<wbr>Technician"),
        ("Nursing", "Nursing"),
        ("<i>/Arts & Crafts", "&lt;i&gt;/<wbr>Arts &amp; Crafts"),
    ],
)
def test_a_name_may_break_after_its_slashes_and_is_escaped(name, html):
    assert breakable(name) == html
