"""What reports of units say of their figures, in the workbook and on paper alike."""

ALL = "Tất cả (mỗi người một lần)"
TWICE = (
    "Mỗi dòng gồm cả các đơn vị trực thuộc ở dưới. Người giữ chức vụ ở hai đơn vị có ở cả hai dòng; dòng «Tất cả» đếm "
    "mỗi người một lần."
)
RATE = "Tỷ lệ làm tròn xuống đến 0,1%."
PLAN = (
    "Lớp đã mở trong năm được xếp vào dòng kế hoạch có cùng đối tượng, dòng đã duyệt trước; không xếp lớp thuộc loại "
    "mà quy định không tính."
)
PLAN_SUM = "Cộng các dòng đã duyệt"
TREND = (
    "Cuối mỗi quý: những người giữ chức vụ ở đơn vị ngày ấy, theo những gì sổ ghi đến nay. Bắt đầu từ minh chứng đầu "
    "tiên trong sổ, không sớm hơn nhiệm kỳ đang chạy. «Chưa xác định»: người chưa xác định được số ngày tối thiểu vào "
    "ngày ấy, không trong mẫu số."
)
NO_TREND = "Chưa có diễn biến: sổ chưa có minh chứng, hoặc chưa có nhiệm kỳ đang chạy."
