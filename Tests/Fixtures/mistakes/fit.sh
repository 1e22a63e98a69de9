echo '{"energy": {"value": -1.5, "error": 0.1}}' > results.json
