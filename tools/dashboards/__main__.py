"""Write the dashboards to server/grafana/dashboards."""

import json

from tools.dashboards.dashboards import FOLDER, built

for name, dashboard in built().items():
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(dashboard, indent=1, ensure_ascii=False) + "\n")
    print(path)
